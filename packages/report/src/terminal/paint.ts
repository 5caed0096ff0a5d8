import type { Verdict } from '@messlatte/model'

export type Style = Verdict | 'heading' | 'strong' | 'soft'

/** SGR codes of ECMA-48, clause 8.3.117. Colour only underlines what symbol and word have said. */
const CODES: Readonly<Record<Style, string>> = {
  fail: '1;31',
  contested: '1;35',
  open: '33',
  'not-met': '1;33',
  supported: '36',
  pass: '32',
  'not-applicable': '2',
  heading: '1',
  strong: '1',
  soft: '2',
}

export type Paint = (text: string, style: Style) => string

export function painter(colour: boolean): Paint {
  return colour
    ? (text, style) => (text === '' ? '' : `\u001b[${CODES[style]}m${text}\u001b[0m`)
    : (text) => text
}
