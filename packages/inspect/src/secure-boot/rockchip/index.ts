import type { Check } from '../../contract.ts'
import { cases } from '../../drafts.ts'
import { concludeRockchip } from './conclude.ts'
import { lookAtRockchip } from './look.ts'
import { ROCKCHIP } from './scheme.ts'

export const rockchipCheck: Check = {
  id: 'secure-boot.rockchip',
  version: 2,
  title: { en: 'Signatures of Rockchip ID blocks', de: 'Signaturen von Rockchip-ID-Blöcken' },
  provisions: ROCKCHIP.provisions,
  cases: cases('5.7-1-1', '5.7-1-2'),
  input: ['image'],
  canShow: {
    en: 'Whether what the ROM loads is signed or carries digests only, whether signature and digests hold, and whether the key is one that you trust.',
    de: 'Ob signiert ist, was das ROM lädt, oder nur Digests trägt, ob Signatur und Digests stimmen und ob Sie dem Schlüssel vertrauen.',
  },
  cannotShow: {
    en: 'That the OTP of the device holds the digest of this key and demands a signature.',
    de: 'Dass das OTP des Geräts den Digest dieses Schlüssels hält und eine Signatur verlangt.',
  },
  states: [
    'boot.rockchip.hash-mismatch',
    'boot.rockchip.known-key',
    'boot.rockchip.private-key',
    'boot.rockchip.rollback',
    'boot.rockchip.signature',
    'boot.rockchip.unsigned',
  ],
  wants: { formats: ['rockchip-idb'] },
  needs: ['key.private', 'key.public'],
  gives: ['boot.rockchip.idb', 'boot.rockchip.older-idb', 'chain.link'],
  look: lookAtRockchip,
  conclude: concludeRockchip,
}
