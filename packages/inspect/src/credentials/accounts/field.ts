import type { ReadHash } from '../../passwords/hash.ts'
import { readCrypt } from '../../passwords/read.ts'

/** What the second field of a line of passwd or shadow says. */
export type PasswordField =
  | { readonly state: 'empty' }
  /** `x` in passwd: the hash stands in shadow. */
  | { readonly state: 'elsewhere' }
  | { readonly state: 'locked' }
  /** Text that no crypt(3) gives, so no password fits. */
  | { readonly state: 'unusable' }
  | ReadHash

/** Reads a password field as crypt(5) and shadow(5) describe it. */
export function passwordField(field: string, file: 'passwd' | 'shadow'): PasswordField {
  if (field === '') return { state: 'empty' }
  if (field === 'x' && file === 'passwd') return { state: 'elsewhere' }
  if (field.startsWith('!') || field.startsWith('*')) return { state: 'locked' }
  return readCrypt(field) ?? { state: 'unusable' }
}
