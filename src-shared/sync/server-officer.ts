/** The author of everything the server writes in its own chain, in every office. No person ever has this id. */
export const SERVER_OFFICER_ID = '00000000-0000-7000-8000-000000000001';
