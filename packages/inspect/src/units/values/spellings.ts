import type { Text } from '@messlatte/model'
import type { PublicValue } from './identity.ts'
import { reversed } from './shape.ts'

/** One way to write a public value. */
export interface Spelling {
  readonly id: string
  readonly text: string
  readonly en: string
  readonly de: string
}

/** Neighbouring addresses of a unit: its other ports and radios. */
const MOST_STEPS = 16

/** A public value as it is usually written: the digits, reversed, decimal, and neighbouring numbers. */
export function spellingsOf(value: PublicValue): readonly Spelling[] {
  return value.kind === 'mac' ? macSpellings(value.value) : textSpellings(value.value)
}

function macSpellings(mac: string): readonly Spelling[] {
  const spellings: Spelling[] = []
  for (const step of steps()) {
    const moved = addressPlus(mac, step)
    if (moved === undefined) continue
    const [en, de] = stepText(step)
    spellings.push(
      spelling(`hex${id(step)}`, moved, `its hexadecimal digits${en}`, `ihre Hexadezimalziffern${de}`),
      spelling(
        `hex-lower${id(step)}`,
        moved.toLowerCase(),
        `its hexadecimal digits in lower case${en}`,
        `ihre Hexadezimalziffern in Kleinbuchstaben${de}`,
      ),
      spelling(
        `decimal-24${id(step)}`,
        decimal(moved.slice(6), 8),
        `its last three bytes as a decimal number${en}`,
        `ihre letzten drei Bytes als Dezimalzahl${de}`,
      ),
      spelling(
        `decimal-32${id(step)}`,
        decimal(moved.slice(4), 10),
        `its last four bytes as a decimal number${en}`,
        `ihre letzten vier Bytes als Dezimalzahl${de}`,
      ),
      spelling(
        `decimal-48${id(step)}`,
        decimal(moved, 15),
        `the whole as a decimal number${en}`,
        `das Ganze als Dezimalzahl${de}`,
      ),
    )
  }
  const bytes = (mac.match(/../g) ?? []).toReversed().join('')
  const nibbles = (mac.match(/../g) ?? []).map((pair) => reversed(pair)).join('')
  return [
    ...spellings,
    spelling(
      'nibbles-swapped',
      nibbles,
      'its bytes with their digits swapped',
      'ihre Bytes mit vertauschten Ziffern',
    ),
    spelling(
      'hex-reversed',
      reversed(mac),
      'its hexadecimal digits, backwards',
      'ihre Hexadezimalziffern rückwärts',
    ),
    spelling(
      'hex-reversed-lower',
      reversed(mac).toLowerCase(),
      'its hexadecimal digits in lower case, backwards',
      'ihre Hexadezimalziffern in Kleinbuchstaben, rückwärts',
    ),
    spelling('bytes-reversed', bytes, 'its bytes, backwards', 'ihre Bytes rückwärts'),
    spelling(
      'bytes-reversed-lower',
      bytes.toLowerCase(),
      'its bytes in lower case, backwards',
      'ihre Bytes in Kleinbuchstaben, rückwärts',
    ),
  ]
}

function textSpellings(text: string): readonly Spelling[] {
  const plain = text.replaceAll(/[^0-9A-Za-z]/g, '')
  const all = [
    spelling('as-it-is', text, 'its characters', 'ihre Zeichen'),
    spelling('plain', plain, 'its letters and digits', 'ihre Buchstaben und Ziffern'),
    spelling(
      'lower',
      plain.toLowerCase(),
      'its letters and digits in lower case',
      'ihre Buchstaben und Ziffern in Kleinbuchstaben',
    ),
    spelling(
      'upper',
      plain.toUpperCase(),
      'its letters and digits in upper case',
      'ihre Buchstaben und Ziffern in Großbuchstaben',
    ),
    spelling('digits', plain.replaceAll(/\D/g, ''), 'its digits', 'ihre Ziffern'),
    spelling(
      'reversed',
      reversed(plain),
      'its letters and digits, backwards',
      'ihre Buchstaben und Ziffern rückwärts',
    ),
    ...numberSpellings(plain),
  ]
  const once = new Map(all.toReversed().map((one) => [one.text, one]))
  return [...once.values()].toReversed().filter((one) => one.text.length >= 2)
}

/** The number at the end of a serial, and its neighbours; as hexadecimal digits too. */
function numberSpellings(plain: string): readonly Spelling[] {
  const digits = /\d{3,15}$/.exec(plain)?.[0]
  if (digits === undefined) return []
  const number = Number(digits)
  const hex = number.toString(16)
  return [
    spelling(
      'number-hex',
      hex.toUpperCase(),
      'the number at its end in hexadecimal digits',
      'die Zahl am Ende in Hexadezimalziffern',
    ),
    spelling(
      'number-hex-lower',
      hex,
      'the number at its end in lower-case hexadecimal digits',
      'die Zahl am Ende in kleinen Hexadezimalziffern',
    ),
    ...steps()
      .filter((step) => step !== 0 && number + step >= 0)
      .map((step) => {
        const [en, de] = stepText(step)
        const text = String(number + step).padStart(digits.length, '0')
        return spelling(`number${id(step)}`, text, `the number at its end${en}`, `die Zahl am Ende${de}`)
      }),
  ]
}

export function addressPlus(mac: string, step: number): string | undefined {
  const moved = Number.parseInt(mac, 16) + step
  return moved < 0 || moved >= 2 ** 48 ? undefined : moved.toString(16).toUpperCase().padStart(12, '0')
}

function decimal(hex: string, digits: number): string {
  return String(Number.parseInt(hex, 16)).padStart(digits, '0')
}

/** Nought first: the plain one is named where two fit. */
function steps(): readonly number[] {
  return [0, ...Array.from({ length: MOST_STEPS }, (_, at) => at + 1).flatMap((step) => [step, -step])]
}

function id(step: number): string {
  return step === 0 ? '' : step > 0 ? `+${step}` : String(step)
}

function stepText(step: number): readonly [string, string] {
  if (step === 0) return ['', '']
  const count = Math.abs(step)
  return step > 0 ? [`, plus ${count}`, `, plus ${count}`] : [`, minus ${count}`, `, minus ${count}`]
}

export function fill(one: Pick<Spelling, 'de' | 'en'>, field: Text): Text {
  return { en: `${field.en}: ${one.en}`, de: `${field.de}: ${one.de}` }
}

function spelling(name: string, text: string, en: string, de: string): Spelling {
  return { id: name, text, en, de }
}
