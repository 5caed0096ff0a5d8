import type { KeyListFact, ListName } from './facts.ts'

/** EFI_GLOBAL_VARIABLE, EFI_IMAGE_SECURITY_DATABASE (UEFI 2.10, sections 3.3 and 32.6), and shim's. */
export const GLOBAL = '8BE4DF61-93CA-11D2-AA0D-00E098032B8C'
export const DATABASE = 'D719B2CB-3D3A-4596-A3BC-DAD00E67656F'
const SHIM = '605DAB50-E046-4300-ABB6-3DD810DD8B23'

/** Vendors of the variables that lists are kept in. */
export const VENDORS: Readonly<Record<ListName, string>> = {
  PK: GLOBAL,
  KEK: GLOBAL,
  db: DATABASE,
  dbx: DATABASE,
  dbr: DATABASE,
  dbt: DATABASE,
  MokList: SHIM,
  MokListX: SHIM,
}

/** Files of firmware volumes with keys to be taken by default; edk2, SecurityPkg/SecurityPkg.dec. */
export const VOLUME_FILES: Readonly<Record<string, ListName>> = {
  '85254EA7-4759-4FC4-82D4-5EED5FB0A4A0': 'PK',
  '6F64916E-9F7A-4C35-B952-CD041EFB05A3': 'KEK',
  'C491D352-7623-4843-ACCC-2791A7574421': 'db',
  '5740766A-718E-4DC0-9935-C36F7D3F884F': 'dbx',
  '36C513EE-A338-4976-A0FB-6DDBA3DAFE87': 'dbt',
}

/** What a variable holds; undefined for all that hold no keys. */
export function listOf(guid: string, name: string): Pick<KeyListFact, 'name' | 'kept'> | undefined {
  for (const [list, vendor] of Object.entries(VENDORS) as [ListName, string][]) {
    if (name === list && guid === vendor) return { name: list, kept: 'variable' }
    if (name === `${list}Default` && guid === GLOBAL) return { name: list, kept: 'default' }
  }
  return undefined
}

const NAMES = Object.keys(VENDORS) as readonly ListName[]

/** What the name of a file says: `PK.esl`, `keys/db-2023.auth`. */
export function listOfFile(name: string): ListName | undefined {
  return NAMES.find((list) => new RegExp(`(?:^|[^a-z])${list}(?:[^a-z]|$)`, 'i').test(name))
}
