import type { ContainerFormat, EntryMeta } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { BLOCK, MAGIC, offsetOfBlock, parseH3cVfs, type VfsEntry } from './parse.ts'

export const h3cVfs: ContainerFormat<readonly VfsEntry[]> = {
  kind: 'container',
  name: 'h3c-vfs',
  title: 'H3C VFS (flash file system of switches of H3C and HPE)',
  references: ['OpenWrt firmware-utils, src/mkh3cvfs.c'],
  limits: [
    'erase blocks of 64 KiB with blocks of 1024 bytes only',
    'it ends with the last erase block that a file or a folder uses',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const vfs = parseH3cVfs(bytes, at)
    return vfs && { start: at, end: Math.min(vfs.end, bytes.size) }
  },

  open(bytes, { start }, problem) {
    const vfs = parseH3cVfs(bytes, start)
    for (const message of vfs?.faults ?? []) problem('structure', message)
    return inBatches(vfs?.entries ?? [], ({ length }) => length)
  },

  read(bytes, { start }, plan, sink) {
    for (const { path, folder, length, mtime, blocks } of plan) {
      const meta: EntryMeta = { path, type: folder ? 'directory' : 'file', mtime }
      if (folder) {
        sink.entry(meta)
        continue
      }
      const there = Math.min(length, blocks.length * BLOCK)
      if (there < length) sink.problem('structure', 'its chain of blocks ends before it does', path)
      sink.file(meta, there, (out) => {
        for (const [index, block] of blocks.entries()) {
          const part = out.subarray(index * BLOCK, Math.min(out.length, (index + 1) * BLOCK))
          if (part.length > 0) bytes.copy(start + offsetOfBlock(block), part)
        }
      })
    }
  },
}
