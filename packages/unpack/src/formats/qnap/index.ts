import { forEachWindow } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { jsonText, showText, wrapped } from '../members.ts'
import { findFooter, NAS_MAGIC, type QnapFooter, startsByFooter } from './parse.ts'
import { pc1 } from './pc1.ts'

const WINDOW = 256 * 1024

export const qnap: ContainerFormat<null> = {
  kind: 'container',
  name: 'qnap',
  title: 'QNAP firmware (NAS and routers; encrypted, with the published keys)',
  references: ['unblob, handlers/archive/qnap', 'PC1 Cipher Algorithm (Alexander Pukall, 1991)'],
  limits: [
    'tried at the start of a file only: its end is known by a footer',
    'firmware of routers is recognised where its footer ends a stretch that nothing else claims',
    'there is no checksum over what is encrypted: damage shows within',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: NAS_MAGIC, at: 0 }],
  candidates: startsByFooter,
  carve: false,

  recognise(bytes, at) {
    const footer = findFooter(bytes, at)
    return footer && { start: at, end: footer.end }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 2, plan: null }],

  read(bytes, { start }, _plan, sink) {
    const { encrypted, key, at, model, version, date, revision } = findFooter(bytes, start) as QnapFooter
    showText('footer.json', jsonText({ model, version, date, revision, encrypted }), sink)
    sink.stream(wrapped('firmware'), (write) => {
      const cipher = pc1(key)
      forEachWindow(bytes, start, start + encrypted, WINDOW, 0, (window) => {
        cipher.decrypt(window)
        write(window)
        return true
      })
      forEachWindow(bytes, start + encrypted, at, WINDOW, 0, (window) => {
        write(window)
        return true
      })
      return { end: at, checksum: 'none' }
    })
  },
}
