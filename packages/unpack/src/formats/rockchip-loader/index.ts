import { type Bytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { copyStretch, distinctPaths, inBatches, program } from '../members.ts'
import { rc4Cipher } from '../rc4.ts'
import { ROM_KEY } from '../rockchip-idb/parse-v1.ts'
import { rockchipCrc } from '../rockchip-rkaf/parse.ts'
import {
  MAGICS,
  parseRockchipLoader,
  type RockchipLoader,
  type RockchipLoaderEntry,
  SECTOR,
} from './parse.ts'

type Member = Pick<RockchipLoaderEntry, 'at' | 'length' | 'cipher'> & { readonly path: string }

export const rockchipLoader: ContainerFormat<readonly Member[]> = {
  kind: 'container',
  name: 'rockchip-loader',
  title: 'Rockchip loader (for their USB tools, and within ROM images)',
  references: ['Rockchip (github.com/rockchip-linux/rkbin), tools/boot_merger 1.35 and RKBOOT'],
  limits: ['contents keep the zeros that they are filled up with'],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const loader = parseRockchipLoader(bytes, at)
    return loader && { start: at, end: Math.min(loader.end, bytes.size) }
  },

  open: (bytes, region, problem) => inBatches(membersOf(bytes, region, problem), ({ length }) => length),

  read(bytes, _region, plan, sink) {
    for (const { path, at, length, cipher } of plan) {
      if (cipher === 'none') sink.slice(program(path), at, length)
      else
        sink.file(program(path), length, (out) => {
          copyStretch(bytes, at, out)
          const step = cipher === 'whole' ? length : SECTOR
          for (let from = 0; from < length; from += step)
            rc4Cipher(ROM_KEY).decrypt(out.subarray(from, from + step))
        })
    }
  },
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<Member> {
  const { entries, crcAt, end } = parseRockchipLoader(bytes, start) as RockchipLoader
  if (end <= bytes.size) {
    const crc = new Reader(bytes.view(crcAt, end - crcAt), 'little').u32()
    if (crc !== rockchipCrc(bytes, start, crcAt - start)) problem('checksum', 'the CRC differs')
  }
  const distinct = distinctPaths()
  for (const { group, name, at, length, cipher } of entries) {
    const path = distinct(`${group}/${name}`, at - start)
    const there = Math.min(length, Math.max(0, bytes.size - at))
    if (there < length) problem('truncated', 'the image ends within this content', path)
    yield { path, at: Math.min(at, bytes.size), length: there, cipher }
  }
}
