import type { Endian } from '@messlatte/bytes'
import type { ContainerFormat, Magic } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { fillFile } from './content.ts'
import { endianAt, NODE, readDirent, readHeader, readInode } from './nodes.ts'
import { readTables } from './tables.ts'
import { type JffsMember, listTree } from './tree.ts'
import { walkNodes } from './walk.ts'

/** Nodes without content that make a file system that is empty. */
const ENOUGH_NODES = 2

/** In both byte orders. */
function magicsOf(low: string, type: number): readonly Magic[] {
  const [first, second] = [String.fromCharCode(type & 0xff), String.fromCharCode(type >>> 8)]
  return [
    { bytes: `${low}\x19${first}${second}`, at: 0 },
    { bytes: `\x19${low}${second}${first}`, at: 0 },
  ]
}

export const jffs2: ContainerFormat<readonly JffsMember[]> = {
  kind: 'container',
  name: 'jffs2',
  title: 'JFFS2, little and big endian (zlib, rtime, lzo, OpenWrt’s lzma)',
  references: [
    'Linux kernel, include/uapi/linux/jffs2.h and fs/jffs2',
    'OpenWrt, target/linux/generic/pending-6.6/530-jffs2_make_lzma_available.patch',
  ],
  limits: [
    'data that the rubin compressors made is not read',
    'spare bytes of NAND flash between the pages are not taken out',
    'two file systems of one byte order that follow each other directly are read as one',
  ],
  magic: [
    ...Object.values(NODE).flatMap((type) => magicsOf('\x85', type)),
    ...[NODE.dirent, NODE.inode, NODE.cleanmarker].flatMap((type) => magicsOf('\x84', type)),
  ],
  carve: true,

  recognise(bytes, at) {
    const endian = endianAt(bytes, at)
    if (!endian || !readHeader(bytes, at, endian)) return undefined
    let nodes = 0
    let valid = false
    const { end } = walkNodes(bytes, at, endian, (header) => {
      nodes++
      if (header.type === NODE.inode) valid ||= typeof readInode(bytes, header, endian) !== 'string'
      if (header.type === NODE.dirent) valid ||= typeof readDirent(bytes, header, endian) !== 'string'
      return true
    })
    return valid || nodes >= ENOUGH_NODES ? { start: at, end } : undefined
  },

  *open(bytes, region, problem) {
    const tables = readTables(bytes, region, endianAt(bytes, region.start) as Endian, problem)
    yield* inBatches(listTree(tables, problem), ({ file }) => file?.size ?? 0)
  },

  read(bytes, region, plan, sink) {
    const endian = endianAt(bytes, region.start) as Endian
    for (const { meta, file } of plan) {
      if (!file) {
        sink.entry(meta)
        continue
      }
      sink.file(meta, file.size, (out) => {
        const lost = fillFile(bytes, region, endian, file.nodes, out)
        if (lost > 0)
          sink.problem('structure', `${lost} bytes are in no node; they are shown as zeros`, meta.path)
      })
    }
  },
}
