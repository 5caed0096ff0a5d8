/** A library through which a program hands updates to a client that installs them. */
export interface Installer {
  readonly title: string
  /** Imported functions; low confidence where it is a text instead. */
  readonly functions: readonly string[]
  readonly texts: readonly string[]
}

export const INSTALLERS: readonly Installer[] = [
  {
    title: 'SWUpdate',
    functions: ['swupdate_async_start', 'ipc_inst_start', 'ipc_inst_start_ext'],
    texts: [],
  },
  { title: 'RAUC', functions: [], texts: ['de.pengutronix.rauc.Installer'] },
  { title: 'Mender', functions: [], texts: ['io.mender.Update1', 'io.mender.UpdateManager'] },
  {
    title: 'OSTree',
    functions: ['ostree_sysroot_deploy_tree', 'ostree_sysroot_stage_tree', 'ostree_sysroot_upgrader_deploy'],
    texts: [],
  },
  { title: 'fwupd', functions: ['fwupd_client_install', 'fwupd_client_install_async'], texts: [] },
]

/** Functions of libraries that connect to a server. */
export const FETCHES: readonly string[] = [
  'curl_easy_perform',
  'curl_multi_perform',
  'SSL_connect',
  'mbedtls_ssl_handshake',
  'wolfSSL_connect',
  'gnutls_handshake',
  'mosquitto_connect',
  'mosquitto_connect_async',
  'MQTTClient_connect',
  'MQTTAsync_connect',
  'uclient_connect',
  'lws_client_connect_via_info',
]

/** Commands and devices that write a part of the system; each only as a text. */
export const WRITES: readonly string[] = [
  'mtd write',
  'mtd -r write',
  'sysupgrade',
  'flashcp',
  'nandwrite',
  'flash_erase',
  'ubiupdatevol',
  'ubiformat',
  'fw_setenv',
  'of=/dev/mtd',
  'of=/dev/mmcblk',
]

/** Functions that verify a signature. */
export const VERIFIES: readonly string[] = [
  'EVP_DigestVerify',
  'EVP_DigestVerifyFinal',
  'EVP_VerifyFinal',
  'RSA_verify',
  'ECDSA_verify',
  'ECDSA_do_verify',
  'CMS_verify',
  'PKCS7_verify',
  'mbedtls_pk_verify',
  'mbedtls_rsa_pkcs1_verify',
  'wc_RsaSSL_Verify',
  'wc_ecc_verify_hash',
  'crypto_sign_verify_detached',
]

/** A call whose constants switch a check of the server off. */
export interface SwitchOff {
  readonly function: string
  /** Constants by the number of the argument, from 0. */
  readonly constants: ReadonlyMap<number, number>
  /** As the headers of the library write it. */
  readonly text: string
  /** What the same argument is where the check is on. */
  readonly on: readonly number[]
  /** Programs that are servers too may call it for that. */
  readonly ambiguous: boolean
}

/** curl/curl.h, openssl/ssl.h, mbedtls/ssl.h, wolfssl/ssl.h, mosquitto.h. */
export const SWITCHES: readonly SwitchOff[] = [
  {
    function: 'curl_easy_setopt',
    constants: new Map([
      [1, 64],
      [2, 0],
    ]),
    text: 'curl_easy_setopt(…, CURLOPT_SSL_VERIFYPEER, 0)',
    on: [1],
    ambiguous: false,
  },
  {
    function: 'curl_easy_setopt',
    constants: new Map([
      [1, 81],
      [2, 0],
    ]),
    text: 'curl_easy_setopt(…, CURLOPT_SSL_VERIFYHOST, 0)',
    on: [1, 2],
    ambiguous: false,
  },
  {
    function: 'SSL_CTX_set_verify',
    constants: new Map([[1, 0]]),
    text: 'SSL_CTX_set_verify(…, SSL_VERIFY_NONE, …)',
    on: [1, 3],
    ambiguous: true,
  },
  {
    function: 'SSL_set_verify',
    constants: new Map([[1, 0]]),
    text: 'SSL_set_verify(…, SSL_VERIFY_NONE, …)',
    on: [1, 3],
    ambiguous: true,
  },
  {
    function: 'wolfSSL_CTX_set_verify',
    constants: new Map([[1, 0]]),
    text: 'wolfSSL_CTX_set_verify(…, SSL_VERIFY_NONE, …)',
    on: [1, 3],
    ambiguous: true,
  },
  {
    function: 'mbedtls_ssl_conf_authmode',
    constants: new Map([[1, 0]]),
    text: 'mbedtls_ssl_conf_authmode(…, MBEDTLS_SSL_VERIFY_NONE)',
    on: [2],
    ambiguous: true,
  },
  {
    function: 'mosquitto_tls_insecure_set',
    constants: new Map([[1, 1]]),
    text: 'mosquitto_tls_insecure_set(…, true)',
    on: [0],
    ambiguous: false,
  },
]

export const LITERALS: readonly string[] = [
  ...FETCHES,
  ...INSTALLERS.flatMap(({ functions, texts }) => [...functions, ...texts]),
]
