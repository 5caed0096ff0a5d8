import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { ClearFact } from './facts.ts'
import type { Setting } from './settings/index.ts'
import { valueKind } from './value.ts'

type Given = Pick<ClearFact, 'kind' | 'subject'> & Partial<Omit<ClearFact, 'check' | 'setting' | 'value'>>

/** Name of a setting with its section. */
export function nameOf({ section, key }: Pick<Setting, 'key' | 'section'>): string {
  return section === '' ? key : `${section}.${key}`
}

/** Gives a setting's value as a credential in the clear, at its place. */
export function giveSetting(
  out: MapOut,
  artefact: Artefact,
  check: string,
  setting: Pick<Setting, 'key' | 'offset' | 'section' | 'value'>,
  given: Given,
): void {
  const state = given.state ?? (valueKind(setting.value) === 'default' ? 'default' : 'set')
  out.fact('credential.clear', placeOf(artefact, setting.offset, setting.value.length), {
    form: 'password',
    grade: 'medium',
    readers: [],
    ...given,
    check,
    setting: nameOf(setting),
    value: setting.value,
    state,
  })
}

/** The text of a configuration; undefined where the file is none: too large, or not text. */
export function configurationText({ type, bytes, text }: Artefact, most: number): string | undefined {
  if (type !== 'file' && type !== 'region') return undefined
  if (bytes.size === 0 || bytes.size > most) return undefined
  const content = text()
  return content.includes('\0') ? undefined : content
}

/** Machine code and data: a program, or what begins with NULs among its bytes. */
export function isBinary({ format, bytes }: Pick<Artefact, 'bytes' | 'format'>): boolean {
  return format === 'elf' || bytes.view(0, Math.min(512, bytes.size)).includes(0)
}
