/**
 * Where a changed line must make a test fail: code on which a person's safety rests, and the tests that are about it.
 * Plain JavaScript, because Stryker and vitest's configuration both read it.
 */
export const GROUPS = {
  sealing: {
    mutate: [
      'sealing/framed',
      'sealing/padding',
      'sealing/seal',
      'sealing/subkeys',
      'vault/wrap',
      'pseudonym',
      'sensitive',
    ].map((name) => `src/privacy/${name}.ts`),
    tests: [
      'tests/privacy/seal.test.ts',
      'tests/privacy/pseudonym.test.ts',
      'tests/privacy/sealing-*.test.ts',
    ],
  },
  vault: {
    mutate: ['ballast', 'keys-beside', 'open-keys', 'root-key', 'sqlite-vault', 'vault-slots'].map(
      (name) => `src/privacy/vault/${name}.ts`,
    ),
    // What a full disk does is shown by vault-full-disk.test.ts in a process of its own, which no change here reaches.
    tests: [
      'ballast',
      'open-keys',
      'vault-slots',
      'root-key-steps',
      'vault-steps',
      'vault-rotation',
      'keys-beside',
      'vault',
      'root-key',
    ].map((name) => `tests/privacy/${name}.test.ts`),
  },
  wipe: {
    mutate: ['src/privacy/wipe.ts', 'src/turns/leaving/erasing.ts', 'src/turns/written/marks.ts'],
    tests: ['tests/privacy/wipe.test.ts', 'tests/turns/erasing.test.ts', 'tests/turns/wipe.test.ts'],
  },
  retention: {
    mutate: ['src/privacy/retention.ts'],
    tests: ['tests/privacy/retention.test.ts', 'tests/turns/retention.test.ts'],
  },
  exit: {
    mutate: ['leaving/fence', 'heard/first-contact', 'heard/late', 'names', 'recent-events'].map(
      (name) => `src/turns/${name}.ts`,
    ),
    tests: ['fence', 'first-contact', 'recent-events', 'leaving', 'names'].map(
      (name) => `tests/turns/${name}.test.ts`,
    ),
  },
  signature: {
    mutate: [
      'src/channels/webhook.ts',
      'src/channels/whatsapp/signature.ts',
      'src/channels/whatsapp/verification.ts',
      'src/handoff/chatwoot/signature.ts',
    ],
    tests: ['tests/channels/webhook.test.ts', 'tests/channels/signatures-*.test.ts'],
  },
  sessions: {
    mutate: ['src/desk/server/auth/sessions.ts', 'src/desk/server/http/cookie.ts'],
    tests: ['tests/desk/session-steps.test.ts', 'tests/desk/cookie.test.ts'],
  },
  door: {
    mutate: [
      'src/desk/server/http/gate.ts',
      'src/desk/server/http/origin.ts',
      'src/desk/server/http/registrar.ts',
    ],
    tests: ['tests/desk/gate-steps.test.ts', 'tests/desk/origin.test.ts', 'tests/desk/registrar*.test.ts'],
  },
  glass: {
    mutate: ['src/desk/server/case-room.ts', 'src/desk/server/glass.ts', 'src/desk/server/tripwire.ts'],
    tests: ['tests/desk/glass-steps.test.ts', 'tests/desk/case-*.test.ts'],
  },
  log: {
    mutate: ['src/operations/log.ts'],
    tests: ['tests/operations/log.test.ts'],
  },
}

/** Of all groups, and of each. */
export const LEAST = 85
