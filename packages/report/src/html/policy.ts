import { createHash } from 'node:crypto'
import { STYLE } from './style.ts'

/** The security policy of a page: its own style sheet, and nothing else. */
export const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')
