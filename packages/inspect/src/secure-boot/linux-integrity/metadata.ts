import type { Artefact } from '../../contract.ts'

/** What EVM covers of a file, in its order: Linux kernel, security/integrity/evm/evm_main.c. */
const COVERED = [
  'security.selinux',
  'security.SMACK64',
  'security.SMACK64EXEC',
  'security.SMACK64TRANSMUTE',
  'security.SMACK64MMAP',
  'security.apparmor',
  'security.ima',
  'security.capability',
] as const
const REGULAR = 0o100000
/** Number and generation of the inode come first: in what can be moved both are zero. The first has the size of a register. */
const WIDTHS = [8, 4] as const

/**
 * What a signature of EVM is made over that can be moved to another file system: the covered attributes, owner, group, mode
 * (evm_crypto.c); as processors of 64 and of 32 bits lay it out, of either byte order. None without `security.ima`, for the kernel
 * takes none.
 */
export function metadataOf({ xattrs, uid, gid, mode }: Artefact): readonly Buffer[] {
  if (xattrs?.['security.ima'] === undefined || mode === undefined || uid === undefined || gid === undefined)
    return []
  const values = COVERED.flatMap((name) => xattrs[name] ?? []).map((hex) => Buffer.from(hex, 'hex'))
  return WIDTHS.flatMap((width) => {
    const place = width + 4
    const [little, big] = [Buffer.alloc(place + 12), Buffer.alloc(place + 12)]
    little.writeUInt32LE(uid >>> 0, place)
    little.writeUInt32LE(gid >>> 0, place + 4)
    little.writeUInt16LE((REGULAR | mode) & 0xffff, place + 8)
    big.writeUInt32BE(uid >>> 0, place)
    big.writeUInt32BE(gid >>> 0, place + 4)
    big.writeUInt16BE((REGULAR | mode) & 0xffff, place + 8)
    return [little, big].map((misc) => Buffer.concat([...values, misc]))
  })
}
