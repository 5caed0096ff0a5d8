const NO_LOGIN = new Set([
  'nologin',
  'false',
  'true',
  'sync',
  'halt',
  'shutdown',
  'poweroff',
  'reboot',
  'null',
  'git-shell',
])

/** Whether an account's shell lets somebody work with the device; an empty field means /bin/sh (passwd(5)). */
export function isLoginShell(shell: string): boolean {
  const name = shell.trim().slice(shell.trim().lastIndexOf('/') + 1)
  return !NO_LOGIN.has(name)
}
