export type Service = { cost: 'free' | 'paid' | 'means_tested' | 'unknown'; documents: 'none' | 'some' | 'unknown' }
