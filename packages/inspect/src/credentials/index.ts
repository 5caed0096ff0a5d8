import type { Check } from '../contract.ts'
import { accountsCheck } from './accounts/index.ts'
import { authorizedKeysCheck } from './authorized-keys/index.ts'
import { commandsCheck } from './commands/index.ts'
import { databasesCheck } from './databases/index.ts'
import { loginsCheck } from './logins/index.ts'
import { nvramCheck } from './nvram/index.ts'
import { privateKeysCheck } from './private-keys/index.ts'
import { productWordsCheck } from './product-words/index.ts'
import { radioKeysCheck } from './radio-keys/index.ts'
import { serviceAccountsCheck } from './service-accounts/index.ts'
import { serviceConfigurationsCheck } from './service-configurations/index.ts'
import { tokensCheck } from './tokens/index.ts'
import { wirelessCheck } from './wireless/index.ts'

/** The checks of credentials, in the order of the reports. */
export const CREDENTIALS_CHECKS: readonly Check[] = [
  accountsCheck,
  serviceAccountsCheck,
  authorizedKeysCheck,
  privateKeysCheck,
  wirelessCheck,
  serviceConfigurationsCheck,
  nvramCheck,
  databasesCheck,
  loginsCheck,
  commandsCheck,
  tokensCheck,
  radioKeysCheck,
  productWordsCheck,
]
