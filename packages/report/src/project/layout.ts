import type { Text } from '@messlatte/model'

/** Characters of what stands before each line of the reports on claims and project folders. */
export const LABEL = 14

export const SAY_PAPERS: Text = {
  en: 'What does not hold together in the claims',
  de: 'Was in den Angaben nicht zusammenpasst',
}
