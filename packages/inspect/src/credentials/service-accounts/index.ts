import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { lookAtUsers } from './look.ts'
import { MARKS, STORES } from './stores.ts'

export const serviceAccountsCheck: Check = {
  id: 'credentials.service-accounts',
  version: 1,
  title: { en: 'Users of services and their passwords', de: 'Benutzer von Diensten und ihre Passwörter' },
  provisions: provisions(['5.1-1', '5.4-3']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.4-3-1', '5.4-3-2'),
  input: ['image'],
  canShow: {
    en: 'That a user of a service comes with a set, weak or empty password, or with one in the clear.',
    de: 'Dass ein Benutzer eines Dienstes mit einem gesetzten, schwachen oder leeren Passwort kommt oder mit einem im Klartext.',
  },
  cannotShow: {
    en: 'That passwords are unique per unit, that a strong-looking hash is strong, and users that a program keeps in a form of its own.',
    de: 'Dass Passwörter je Gerät verschieden sind, dass ein Hash für ein starkes Passwort steht, und Benutzer, die ein Programm in eigener Form aufbewahrt.',
  },
  states: [
    'account.service.clear',
    'account.service.empty',
    'account.service.not-tried',
    'account.service.sample',
    'account.service.set',
    'account.service.weak',
  ],
  wants: { paths: STORES.map(({ path }) => path), literals: true },
  literals: MARKS,
  gives: ['account.service'],
  look: lookAtUsers,
}
