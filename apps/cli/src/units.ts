import { readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { type LabelTable, macOf, type PublicValue, readLabels, TableError } from '@messlatte/inspect'
import { CliError, cannotBeRead, notUtf8, tooLarge, untranslated } from './errors.ts'

const MOST_LABELS = 16 * 1024 * 1024
const KINDS = ['mac', 'serial', 'ssid'] as const

/** A table of label passwords. */
export function readLabelFile(path: string): LabelTable {
  const content = contentOf(path)
  try {
    return readLabels(content, basename(path))
  } catch (cause) {
    if (cause instanceof TableError)
      throw new CliError('bad-file', untranslated(`--labels ${path}: ${cause.message}`), cause)
    throw cause
  }
}

function contentOf(path: string): string {
  let bytes: Buffer
  try {
    if (statSync(path).size > MOST_LABELS)
      throw new CliError('bad-file', tooLarge(`--labels ${path}`, '16 MiB'))
    bytes = readFileSync(path)
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    throw new CliError('not-found', cannotBeRead(`--labels ${path}`), cause)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new CliError('bad-file', notUtf8(`--labels ${path}`), cause)
  }
}

/** Names of the dumps in a report: base names, told apart by a number where two are the same. */
export function namesOf(paths: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  return paths.map((path) => {
    const name = basename(resolve(path))
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name}#${count}`
  })
}

/**
 * What is stated about units: `NAME:mac=…,serial=…,ssid=…`. The name is that of the file, or the unit's letter in the order of
 * the command line (A, B, C …).
 */
export function readStatedUnits(
  texts: readonly string[],
  names: readonly string[],
): ReadonlyMap<string, readonly PublicValue[]> {
  const stated = new Map<string, PublicValue[]>()
  for (const text of texts) {
    const colon = text.indexOf(':')
    const name = nameIn(text.slice(0, Math.max(0, colon)), names)
    if (name === undefined)
      throw new CliError('bad-option', {
        en: `--unit ${text}: write NAME:mac=…,serial=…,ssid=…; the units are ${names.map((one, at) => `${letter(at)} (${one})`).join(', ')}`,
        de: `--unit ${text}: NAME:mac=…,serial=…,ssid=… schreiben; die Geräte sind ${names.map((one, at) => `${letter(at)} (${one})`).join(', ')}`,
      })
    const values = text
      .slice(colon + 1)
      .split(',')
      .map((part) => valueIn(text, part))
    stated.set(name, [...(stated.get(name) ?? []), ...values])
  }
  return stated
}

function nameIn(text: string, names: readonly string[]): string | undefined {
  return (
    names.find((name, at) => name === text || letter(at) === text) ??
    names.find((name) => name.replace(/\.[^.]*$/, '') === text)
  )
}

function letter(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : String(at + 1)
}

function valueIn(option: string, part: string): PublicValue {
  const equals = part.indexOf('=')
  const [kind, raw] = [part.slice(0, Math.max(0, equals)).trim(), part.slice(equals + 1).trim()]
  const known = KINDS.find((one) => one === kind)
  if (known === undefined || raw === '')
    throw new CliError('bad-option', {
      en: `--unit ${option}: “${part}” is none of mac=…, serial=…, ssid=…`,
      de: `--unit ${option}: „${part}“ ist nichts von mac=…, serial=…, ssid=…`,
    })
  if (known !== 'mac') return { kind: known, name: known, value: raw }
  const value = macOf(raw)
  if (value === undefined)
    throw new CliError('bad-option', {
      en: `--unit ${option}: “${raw}” is no MAC address of 12 hexadecimal digits`,
      de: `--unit ${option}: „${raw}“ ist keine MAC-Adresse aus 12 Hexadezimalziffern`,
    })
  return { kind: 'mac', name: 'mac', value }
}
