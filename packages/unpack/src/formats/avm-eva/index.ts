import { lzmaStream } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { crc32Of, wrapped } from '../members.ts'
import { type EvaRecord, evaSumHolds, MAGIC, parseEvaRecord } from './parse.ts'

export const avmEva: ContainerFormat<null> = {
  kind: 'container',
  name: 'avm-eva',
  title: 'AVM kernel image (boot loader EVA)',
  references: ['OpenWrt firmware-utils, src/lzma2eva.c', 'OpenWrt, mtdsplit_eva.c'],
  limits: [
    'kernels for two processors (0xfeed9112) are not read',
    'the checksum at the end of whole images is not compared, and NMI vectors are not taken out',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const record = parseEvaRecord(bytes, at)
    return record && { start: at, end: Math.min(record.end, bytes.size) }
  },

  open: (bytes, { start }) => {
    const { data } = parseEvaRecord(bytes, start) as EvaRecord
    return [{ cost: 4 * data.length, entries: 1, plan: null }]
  },

  read(bytes, { start }, _plan, sink) {
    const record = parseEvaRecord(bytes, start) as EvaRecord
    const { data, properties, dictionary, size } = record
    if (record.end > bytes.size) sink.problem('truncated', 'the image ends within this content', 'kernel')
    else {
      if (crc32Of(bytes, data.at, data.length) !== record.dataCrc)
        sink.problem('checksum', 'the CRC of the compressed data differs', 'kernel')
      if (!evaSumHolds(bytes, start, record)) sink.problem('checksum', 'the checksum of the record differs')
    }
    sink.stream(wrapped('kernel'), (write) => ({
      end: lzmaStream(bytes, data.at, { properties, dictionary, size }, write),
      checksum: 'none',
    }))
  },
}
