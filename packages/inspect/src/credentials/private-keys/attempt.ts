/** Bytes that are no key after all make the readers and OpenSSL throw; that is the usual case. */
export function attempt<T>(read: () => T | undefined): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
