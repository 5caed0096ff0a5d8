import type { Bytes } from '@messlatte/bytes'
import { parseCpioHeader } from '../cpio/parse.ts'

export const DESCRIPTION = 'sw-description'

/** Whether an image begins here: a cpio archive whose first member is the description. */
export function isSwu(bytes: Bytes, at: number): boolean {
  return parseCpioHeader(bytes, at)?.name === DESCRIPTION
}
