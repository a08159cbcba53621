/**
 * @module guide — payer × treatment × reason → Guide, composed from the same knowledge.
 */
export {};
