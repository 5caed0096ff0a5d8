import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, showStored, wrapped } from '../members.ts'
import { type Piece, showPieces } from '../pieces.ts'
import { parseMessage, type SignedMessage, STARTS } from './parse.ts'

export const openpgp: ContainerFormat<null> = {
  kind: 'container',
  name: 'openpgp',
  title: 'OpenPGP message, signed (the literal data and its signatures)',
  references: ['RFC 9580, sections 4.2, 5.2, 5.4 and 5.9'],
  limits: [
    'signatures are shown, not verified',
    'messages without an announcement of their signature, and encrypted ones, are not recognised',
    'packets whose length is not told at all are not read, and contents in more than 100,000 parts',
  ],
  magic: STARTS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const message = parseMessage(bytes, at)
    return message && { start: at, end: message.end }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 2, plan: null }],

  read(bytes, { start }, _plan, sink) {
    const { name, mtime, pieces, size, cut, signatures } = parseMessage(bytes, start) as SignedMessage
    const path = name === '' || name === FOR_YOUR_EYES ? 'content' : name
    if (cut) sink.problem('truncated', 'the message ends within this content', path)
    showPieces({ ...wrapped(path), mtime }, size, pieces satisfies readonly Piece[], sink)
    for (const [index, content] of signatures.entries()) {
      const member: StoredMember = {
        meta: wrapped(index === 0 ? 'signature' : `signature-${index + 1}`),
        content,
      }
      showStored(member, sink)
    }
  },
}

/** A name that means: show it, and do not store it. */
const FOR_YOUR_EYES = '_CONSOLE'
