import { type Bytes, BytesError, latin1 } from '@messlatte/bytes'
import { type ElfLinkage, elfLinkage, encodeText, FormatError, parseElf } from '@messlatte/unpack'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { placeOf, provisions } from '../../drafts.ts'
import '../facts.ts'
import { createRecogniser } from './recognise.ts'
import { COMPONENT_RULES } from './rules.ts'

/** Prose quotes names and versions without being what it quotes. */
const PROSE = /(?:^|\/)usr\/share\/(?:doc|man|info|locale)\/|\.(?:md|txt|html?|rst|po|pod)$/

const RECOGNISER = createRecogniser(COMPONENT_RULES)

export const programsCheck: Check = {
  id: 'components.programs',
  version: 1,
  title: { en: 'Components by their own bytes', de: 'Komponenten an ihren eigenen Bytes' },
  provisions: provisions(['5.3-1', '5.6-6'], ['5.3-1', '5.6-6']),
  cases: [],
  input: ['image'],
  canShow: {
    en: 'Which known components are in the release and in which version, by texts of their own, and which libraries programs ask for.',
    de: 'Welche bekannten Komponenten in welcher Version im Release stecken, an Texten aus ihnen selbst, und welche Bibliotheken Programme anfordern.',
  },
  cannotShow: {
    en: 'Components without a rule, patches on top of a version, and what is linked in without a text of its own.',
    de: 'Komponenten ohne Regel, Patches über eine Version hinaus und was ohne eigenen Text eingebunden ist.',
  },
  states: [],
  wants: { literals: true, paths: RECOGNISER.files, formats: ['elf'] },
  literals: RECOGNISER.literals,
  gives: ['component.seen', 'component.linkage'],
  look,
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner, path, bytes, hits, type } = artefact
  if (type !== 'file' && type !== 'region' && type !== 'unknown') return
  if (PROSE.test(path) || isText(bytes)) return
  if (artefact.format === 'elf') lookAtLinkage(artefact, out)
  const recognised = RECOGNISER.recognise({
    inner,
    isProgram: artefact.format === 'elf',
    text: artefact.text,
    hits,
    read: (offset, length) => latin1(bytes.view(offset, Math.min(length, bytes.size - offset))),
  })
  for (const { offset, length, ...seen } of recognised)
    out.fact('component.seen', placeOf(artefact, offset, length), { ...seen, text: encodeText(seen.text) })
}

const HEAD = 4096

/** Scripts, pages and change logs name versions; programs have zeros at their start. */
function isText(bytes: Bytes): boolean {
  return bytes.size > 0 && !bytes.view(0, Math.min(HEAD, bytes.size)).includes(0)
}

function lookAtLinkage(artefact: Artefact, out: MapOut): void {
  const linkage = linkageOf(artefact)
  if (!linkage || (linkage.needed.length === 0 && linkage.soname === undefined)) return
  out.fact('component.linkage', placeOf(artefact, 0, 0), {
    ...(linkage.soname === undefined ? {} : { soname: encodeText(linkage.soname) }),
    needed: linkage.needed.map(encodeText),
  })
}

function linkageOf({ bytes }: Artefact): ElfLinkage | undefined {
  try {
    return elfLinkage(parseElf(bytes))
  } catch (error) {
    if (error instanceof FormatError || error instanceof BytesError) return undefined
    throw error
  }
}
