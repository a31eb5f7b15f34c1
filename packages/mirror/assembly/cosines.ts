// The factors of the cosine transforms, in 13-bit fixed point.

/** 2¹³ √2 cos(k π / 16). */
export const C1: i32 = 11363;
export const C2: i32 = 10703;
export const C3: i32 = 9633;
export const C5: i32 = 6437;
export const C6: i32 = 4433;
export const C7: i32 = 2260;
export const ONE: i32 = 8192;
