import type { Format } from '../contract.ts'
import { squashfs } from './squashfs/index.ts'

/** Every format; where magics tie, the first that recognises wins. */
export const FORMATS: readonly Format[] = [squashfs]
