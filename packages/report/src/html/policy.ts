import { createHash } from 'node:crypto'
import { STYLE } from './style.ts'

/** The security policy of a page: its own style sheet, and nothing else. */
export function policyOf(style: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

export const POLICY = policyOf(STYLE)
