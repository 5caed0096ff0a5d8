/** A line of passwd or shadow. */
export interface AccountLine {
  readonly user: string
  /** The password field as it stands there. */
  readonly field: string
  /** Only in passwd. */
  readonly login: { readonly uid: number; readonly gid: number; readonly shell: string } | undefined
  /** Bytes from the start of the file. */
  readonly offset: number
  /** Bytes, without the line's end. */
  readonly length: number
}

export interface AccountLines {
  readonly lines: readonly AccountLine[]
  /** True where the file goes on after what was read. */
  readonly cut: boolean
}

const MOST_LINES = 2000
const MOST_LINE = 1024
const USER = /^[A-Za-z0-9_.][A-Za-z0-9_.@-]{0,63}\$?$/

/**
 * The accounts of a file as passwd(5) and shadow(5) lay it out; lines of any other shape are not accounts.
 * @param text a byte string
 */
export function parseAccounts(text: string, file: 'passwd' | 'shadow'): AccountLines {
  const lines: AccountLine[] = []
  let offset = 0
  for (let count = 0; offset < text.length; count++) {
    if (count === MOST_LINES) return { lines, cut: true }
    const end = text.indexOf('\n', offset)
    const stop = end < 0 ? text.length : end
    if (stop - offset <= MOST_LINE) {
      const line = accountLine(text.slice(offset, stop).replace(/\r$/, ''), offset, file)
      if (line) lines.push(line)
    }
    offset = stop + 1
  }
  return { lines, cut: false }
}

function accountLine(line: string, offset: number, file: 'passwd' | 'shadow'): AccountLine | undefined {
  const [user = '', field, ...rest] = line.split(':')
  if (field === undefined || !USER.test(user)) return undefined
  const at = { user, field, offset, length: line.length }
  if (file === 'shadow')
    return rest.length <= 7 && rest.every(isDayCount) ? { ...at, login: undefined } : undefined
  const [uid = '', gid = '', , , shell] = rest
  if (shell === undefined || !isId(uid) || !isId(gid)) return undefined
  return { ...at, login: { uid: Number(uid), gid: Number(gid), shell } }
}

function isDayCount(text: string): boolean {
  return /^-?\d{0,20}$/.test(text)
}

function isId(text: string): boolean {
  return /^\d{1,10}$/.test(text)
}
