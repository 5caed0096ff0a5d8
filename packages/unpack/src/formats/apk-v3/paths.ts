import type { EntryMeta, EntryType } from '../../contract.ts'
import { typeOfMode } from '../members.ts'
import type { Adb, AdbValue } from './adb.ts'

/** Owners are stored by their names; apk takes this for one that it does not know. */
const NOBODY = 65534

/** A directory or a file of a package, with its place in the lists, from 1 on. */
export interface ApkPath {
  readonly directory: number
  /** 0 for the directory itself. */
  readonly file: number
  readonly meta: EntryMeta
  /** Bytes that a data block holds for it; undefined where there is no block. */
  readonly stored: number | undefined
  /** Of the content: SHA-1, SHA-256 or SHA-512 by its length, in hex. */
  readonly hash: string | undefined
}

/** All directories and files, in the order of the data blocks. @throws FormatError */
export function* pathsOf(adb: Adb): Generator<ApkPath> {
  const [, , paths = 0] = adb.slots(adb.root())
  for (const [directory, value] of adb.slots(paths).entries()) {
    if (directory === 0) continue
    const [, name = 0, acl = 0, files = 0] = adb.slots(value)
    const path = adb.text(name) ?? ''
    const meta: EntryMeta = { path, type: 'directory', ...ownerOf(adb, acl) }
    if (path !== '') yield { directory, file: 0, meta, stored: undefined, hash: undefined }
    for (const [file, one] of adb.slots(files).entries())
      if (file > 0) yield pathOf(adb, one, path, directory, file)
  }
}

function pathOf(adb: Adb, value: AdbValue, parent: string, directory: number, file: number): ApkPath {
  const [, name = 0, acl = 0, size = 0, mtime = 0, hash = 0, target = 0] = adb.slots(value)
  const special = specialOf(adb, target)
  const time = adb.int(mtime)
  const digest = adb.blob(hash)
  const length = adb.int(size) ?? 0
  return {
    directory,
    file,
    meta: {
      path: `${parent === '' ? '' : `${parent}/`}${adb.text(name) ?? ''}`,
      type: 'file',
      ...ownerOf(adb, acl),
      ...(time === undefined ? {} : { mtime: time }),
      ...special,
    },
    stored: special || length === 0 ? undefined : length,
    hash: digest && Buffer.from(digest).toString('hex'),
  }
}

function ownerOf(adb: Adb, acl: AdbValue): Pick<EntryMeta, 'mode' | 'uid' | 'gid' | 'xattrs'> {
  const [, mode = 0, user = 0, group = 0, list = 0] = adb.slots(acl)
  const idOf = (name: AdbValue) => (adb.text(name) === 'root' ? 0 : NOBODY)
  const xattrs = adb.slots(list).flatMap((value) => {
    const [name, ...rest] = (adb.text(value) ?? '').split('\0')
    return name ? [[name, Buffer.from(rest.join('\0'), 'latin1').toString('hex')] as const] : []
  })
  return {
    mode: (adb.int(mode) ?? 0) & 0o7777,
    uid: idOf(user),
    gid: idOf(group),
    ...(xattrs.length > 0 ? { xattrs: Object.fromEntries(xattrs) } : {}),
  }
}

/** What is no plain file: u16 type bits of its mode, then the target or the u64 number of a device. */
function specialOf(
  adb: Adb,
  value: AdbValue,
): { readonly type: EntryType; readonly target?: string; readonly device?: EntryMeta['device'] } | undefined {
  const blob = adb.blob(value)
  if (!blob || blob.length < 2) return undefined
  const mode = (blob[0] as number) | ((blob[1] as number) << 8)
  const rest = Buffer.from(blob.subarray(2))
  switch (typeOfMode(mode)) {
    case 'symlink':
      return { type: 'symlink', target: rest.toString('latin1') }
    case 'file':
      return { type: 'hardlink', target: rest.toString('latin1') }
    case 'fifo':
      return { type: 'fifo' }
    case 'character':
    case 'block':
      return { type: mode === 0o060000 ? 'block' : 'character', device: deviceOf(rest) }
    default:
      return undefined
  }
}

/** As the C library of Linux puts it together. */
function deviceOf(rest: Buffer): NonNullable<EntryMeta['device']> {
  if (rest.length < 8) return { major: 0, minor: 0 }
  const [low, high] = [rest.readUInt32LE(0), rest.readUInt32LE(4)]
  return {
    major: ((low >>> 8) & 0xfff) | (high & 0xfffff000),
    minor: (low & 0xff) | ((low >>> 12) & 0xfff00),
  }
}
