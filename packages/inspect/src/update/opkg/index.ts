import type { Check } from '../../contract.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeOpkg } from './conclude.ts'
import { FEED_FILES, lookAtFeed } from './look.ts'
import { OPKG } from './scheme.ts'

export const opkgCheck: Check = {
  id: 'update.opkg',
  version: 1,
  title: { en: 'Signatures of opkg feeds', de: 'Signaturen von opkg-Paketquellen' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether the index of a feed is signed with a key in /etc/opkg/keys or of the user, and whether the packages beside it are those of the index.',
    de: 'Ob der Index einer Paketquelle mit einem Schlüssel in /etc/opkg/keys oder einem vertrauten signiert ist und ob die Pakete daneben die des Index sind.',
  },
  cannotShow: {
    en: 'That a unit verifies the index, which an option decides (update.clients); packages themselves carry no signature.',
    de: 'Dass ein Gerät den Index prüft; das entscheidet eine Einstellung (update.clients). Pakete selbst tragen keine Signatur.',
  },
  states: kindsOf(OPKG.name).filter((kind) => !/\.(?:revoked|weak)$/.test(kind)),
  wants: { paths: FEED_FILES },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client'],
  gives: ['update.opkg.index', 'update.opkg.package', 'update.opkg.signature', 'chain.link'],
  look: lookAtFeed,
  conclude: concludeOpkg,
}
