import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { parseFdt } from '../fdt/parse.ts'
import { inBatches, type StoredMember, showStored, wrapped } from '../members.ts'
import { fitEnd, fitImages, isFit } from './parse.ts'

export const fit: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'fit',
  title: 'U-Boot Flattened Image Tree (FIT)',
  references: ['Flat Image Tree Specification 0.8', 'U-Boot, doc/usage/fit/source_file_format.rst'],
  limits: [
    'an image tree that is cut off is not recognised: its names come last',
    'hashes and signatures are for checks to verify',
  ],
  magic: [{ bytes: '\xd0\x0d\xfe\xed', at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const tree = parseFdt(bytes, at)
    return isFit(tree) ? { start: at, end: Math.min(fitEnd(tree), bytes.size) } : undefined
  },

  open: (bytes, region, problem) =>
    inBatches(membersOf(bytes, region, problem), (member) => member.content?.length ?? 0),

  read(_bytes, _region, plan, sink) {
    for (const member of plan) showStored(member, sink)
  },
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  for (const { node, data } of fitImages(parseFdt(bytes, start))) {
    const path = `images/${node.name}`
    if (!data) problem('structure', 'an image without data', path)
    else if (data.at + data.length > bytes.size)
      problem('truncated', 'the image ends within this content', path)
    else yield { meta: wrapped(path), content: data }
  }
}
