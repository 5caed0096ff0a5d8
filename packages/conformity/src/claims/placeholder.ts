const PLACEHOLDER =
  /^\s*(?:\?+|tbd|tba|tbc|todo|n\/?k|xxx+|\.\.\.|…)(?:[\s.:;,]|$)|\?\s*(?:years?|months?|jahre?|monate?)\b/i

/** Whether something was written only to say that it is still to come. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text)
}
