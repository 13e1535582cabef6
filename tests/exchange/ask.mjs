// Answers, by the code of verify.html, questions that the tests have answered in Python.
import { readFile, writeFile } from "node:fs/promises";

const [, , program, asked, answered] = process.argv;
const verifier = await import(program);

const answers = {
  async verify({ path, kept = [] }) {
    try {
      const report = await verifier.verifyArchive(new Uint8Array(await readFile(path)), { keys: [], kept });
      return { verified: verifier.isVerified(report), report };
    } catch (error) {
      return { verified: false, refused: error.message };
    }
  },
  async unpack({ packed }) {
    try {
      const { files, faults } = await verifier.unpack(new Uint8Array(Buffer.from(packed, "base64")));
      return { files: [...files].map(([name, body]) => [name, Buffer.from(body).toString("base64")]), faults };
    } catch (error) {
      return { refused: error.message };
    }
  },
  tally({ rule, rows, entitled, items, out }) {
    const made = rows.map(([item, group, seat, choice, weight]) => ({ item, group, seat, choice, weight: weight ?? 1 }));
    const result = verifier.tally(verifier.readRule(rule), made, entitled, items, out);
    return { sha256: result.ballotsSha256, items: [...result.items.values()].map(({ json }) => json) };
  },
  left({ lines, digest, cast }) {
    return verifier.multisetFaults(lines, digest, cast);
  },
  score({ history }) {
    const rule = verifier.RULES[1];
    return verifier.score(verifier.readHistory(history, rule), rule).document;
  },
};

const questions = JSON.parse(await readFile(asked, "utf8"));
const found = [];
for (const question of questions) {
  try {
    found.push(await answers[question.do](question));
  } catch (error) {
    found.push({ error: String(error.stack ?? error) });
  }
}
await writeFile(answered, JSON.stringify(found));
