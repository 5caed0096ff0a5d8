import { type Bytes, BytesError } from '@messlatte/bytes'
import { type ContainerFormat, FormatError, type Region, type Sink } from '../../contract.ts'
import { signedFitRegion } from '../fdt/damaged.ts'
import { type Fdt, type FdtNode, fdtProperty, fdtStrings, parseFdt } from '../fdt/parse.ts'
import { inBatches, program, type StoredMember, showStored, whatIsThere, wrapped } from '../members.ts'
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
    const tree = parsed(bytes, at)
    // A signed FIT with a broken structure is still one: that it is broken is what has to be said.
    if (!tree) return signedFitRegion(bytes, at)
    return isFit(tree) ? { start: at, end: Math.min(fitEnd(tree), bytes.size) } : undefined
  },

  open: (bytes, region, problem) =>
    inBatches(membersOf(bytes, region, problem), (member) => member.content?.length ?? 0),

  read(_bytes, _region, plan, sink) {
    for (const member of plan) showStored(member, sink)
  },
}

function parsed(bytes: Bytes, at: number): Fdt | undefined {
  try {
    return parseFdt(bytes, at)
  } catch (error) {
    if (error instanceof FormatError || error instanceof BytesError) return undefined
    throw error
  }
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const tree = parsed(bytes, start)
  if (!tree) problem('structure', 'a signed FIT whose structure is broken; its images cannot be told')
  for (const { node, data } of tree ? fitImages(tree) : []) {
    const path = `images/${node.name}`
    const whole = data && data.at + data.length <= bytes.size
    if (!data) problem('structure', 'an image without data', path)
    else if (!whole) problem('truncated', 'the image ends within this content', path)
    const meta = isProgram(tree as Fdt, node) ? program(path) : wrapped(path)
    if (data) yield { meta, content: whole ? data : whatIsThere(bytes, data.at) }
  }
}

/** Types of images that a processor runs; U-Boot, doc/usage/fit/source_file_format.rst. */
const PROGRAMS: readonly string[] = ['standalone', 'kernel', 'kernel_noload', 'firmware', 'tee', 'tfa-bl31']

function isProgram(tree: Fdt, node: FdtNode): boolean {
  const type = fdtProperty(node, 'type')
  const name = type && fdtStrings(tree, type)?.[0]
  return name !== undefined && PROGRAMS.includes(name)
}
