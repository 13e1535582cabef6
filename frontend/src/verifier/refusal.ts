/** Something that cannot be accepted, with a sentence that says why. */
export class Refusal extends Error {}

export function refuse(why: string): never {
  throw new Refusal(why);
}
