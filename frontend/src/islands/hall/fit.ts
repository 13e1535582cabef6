/**
 * What a hall is shown where there is much to say: first type is smaller, down to 7 minutes of arc from 8 m; then reasons are left
 * out, which everybody has on the page of the round; at last each question has one line, in type as small as it takes.
 */
const STEPS = [
  { detail: "whole", least: 70 },
  { detail: "brief", least: 70 },
  { detail: "lines", least: 30 },
];

/** Show as much as fits into the window. `fits` is for tests. */
export function fit(inside: HTMLElement, fits: () => boolean = filled): void {
  const hall = inside.closest<HTMLElement>(".hall");
  if (!hall) return;
  for (const { detail, least } of STEPS) {
    hall.dataset["detail"] = detail;
    for (let percent = 100; percent >= least; percent -= 5) {
      hall.style.setProperty("--fit", String(percent / 100));
      if (fits()) return;
    }
  }
}

function filled(): boolean {
  const page = document.documentElement;
  return page.scrollHeight <= window.innerHeight && page.scrollWidth <= window.innerWidth;
}
