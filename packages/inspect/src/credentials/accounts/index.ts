import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { concludeAccounts } from './conclude.ts'
import { lookAtAccounts } from './look.ts'

export const accountsCheck: Check = {
  id: 'credentials.accounts',
  version: 3,
  title: { en: 'Accounts and their passwords', de: 'Konten und ihre Passwörter' },
  provisions: provisions(['5.1-1', '5.4-1', '5.4-3', '5.6-7']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2', '5.6-7-1'),
  input: ['image'],
  canShow: {
    en: 'That an account comes with a set, weak or empty password, that hashes can be read by everybody, and that a second name has all rights.',
    de: 'Dass ein Konto mit einem gesetzten, schwachen oder leeren Passwort kommt, dass alle die Hashes lesen können und dass ein zweiter Name alle Rechte hat.',
  },
  cannotShow: {
    en: 'That passwords are unique per unit: for that, dumps of at least two units are needed. That a strong-looking hash is strong: only usual passwords are tried.',
    de: 'Dass Passwörter je Gerät verschieden sind: Dafür braucht es Speicherabzüge von mindestens zwei Geräten. Dass ein Hash für ein starkes Passwort steht: Es werden nur übliche Passwörter versucht.',
  },
  states: [
    'account.backup.hash',
    'account.password.empty',
    'account.password.locked',
    'account.password.not-tried',
    'account.password.set',
    'account.password.weak',
    'account.sample',
    'account.shadow.world-readable',
    'account.uid0.extra',
  ],
  wants: { paths: [/(?:^|\/)etc\/(?:passwd|shadow)-?$/] },
  needs: ['boot.file', 'product.word'],
  gives: ['account.entry'],
  look: lookAtAccounts,
  conclude: concludeAccounts,
}
