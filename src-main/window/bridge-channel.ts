/** The two channels between preload and main. Every call goes through the one, every event through the other. */
export const bridgeCallChannel = 'bridge:call';
export const bridgeEventChannel = 'bridge:event';
