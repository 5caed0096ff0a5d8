import type { Text } from '@messlatte/model'
import { text } from '../text.ts'

/** An IXIT table of TS 103 701, Annex A. */
export interface IxitTable {
  /** `20-SecBoot`: number and short name. */
  readonly name: string
  readonly title: Text
  /** One form that is filled in once; its fields stand where others have entries. */
  readonly form: boolean
  /** Field names as printed, in their order, without `ID`. */
  readonly fields: readonly string[]
  /** Fields that name entries of other tables. */
  readonly links: Readonly<Record<string, readonly string[]>>
}

export function table(
  name: string,
  en: string,
  de: string,
  fields: readonly string[],
  links: IxitTable['links'] = {},
): IxitTable {
  return { name, title: text(en, de), form: false, fields, links }
}

export function form(name: string, en: string, de: string, fields: readonly string[]): IxitTable {
  return { name, title: text(en, de), form: true, fields, links: {} }
}
