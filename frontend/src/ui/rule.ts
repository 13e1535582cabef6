/** What the rule asks of one group: a sentence, and how many must take part (0: the rule does not say). */
export interface RuleLine {
  group: string;
  sentence: string;
  needed: number;
}
