/** How many of one group the rule asks to take part (0: it does not say). */
export interface RuleLine {
  group: string;
  needed: number;
}
