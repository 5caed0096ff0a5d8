import { createDecipheriv, createHash } from 'node:crypto'
import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { announced, hashStretch, inBatches, showStored, wrapped } from '../members.ts'
import { type DjiContainer, type DjiModule, MAGIC, parseXv4 } from './parse.ts'

/** It lies in DJI's own programs and has been public since 2016. */
const KEY = Buffer.from('96709ad326674ac382b66927e6d88421', 'hex')
/** Bytes that are encrypted each by themselves, with a vector of zeros. */
const PIECE = 256
const PLAIN = 0
const KNOWN = 1

export const djiXv4: ContainerFormat<readonly Named[]> = {
  kind: 'container',
  name: 'dji-xv4',
  title: 'DJI firmware container (xV4; with the published key)',
  references: ['dji-firmware-tools (github.com/o-gs/dji-firmware-tools), dji_xv4_fwcon.py'],
  limits: ['modules of later drones, which have their own encryption and signatures (IM*H), are dji-imah'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const container = parseXv4(bytes, at)
    return container && { start: at, end: Math.min(container.end, bytes.size) }
  },

  open(bytes, { start }) {
    const { modules } = parseXv4(bytes, start) as DjiContainer
    return inBatches(
      modules.map((module, index) => ({ module, path: `${index}-${module.target}-${module.version}.bin` })),
      ({ module }) => module.length,
    )
  },

  read(bytes, _region, plan, sink) {
    for (const named of plan) show(bytes, named, sink)
  },
}

interface Named {
  readonly module: DjiModule
  readonly path: string
}

function show(bytes: Bytes, { module, path }: Named, sink: Sink): void {
  const whole = module.at + module.length <= bytes.size
  if (
    whole &&
    hashStretch(createHash('md5'), bytes, module.at, module.length).digest('hex') !== module.storedMd5
  )
    sink.problem('checksum', 'the MD5 of what is stored differs', path)
  if (module.encryption !== KNOWN || !whole) {
    if (module.encryption !== PLAIN) sink.problem('unsupported', 'it is shown encrypted', path)
    showStored(announced(bytes, path, module, sink.problem), sink)
    return
  }
  sink.stream(wrapped(path), (write) => {
    const hash = createHash('md5')
    let left = module.size
    forEachWindow(bytes, module.at, module.at + module.length - (module.length % 16), PIECE, 0, (window) => {
      const plain = createDecipheriv('aes-128-cbc', KEY, Buffer.alloc(16))
        .setAutoPadding(false)
        .update(window)
      const chunk = plain.subarray(0, left)
      hash.update(chunk)
      write(chunk)
      left -= chunk.length
      return left > 0
    })
    const end = module.at + module.length
    if (hash.digest('hex') === module.md5) return { end, checksum: 'matches' }
    return { end, checksum: 'differs', problem: { code: 'checksum', message: 'the MD5 differs' } }
  })
}
