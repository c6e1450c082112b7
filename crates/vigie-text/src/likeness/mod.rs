//! Likeness of things other than texts: addresses that lead to one page, images that show one picture.

pub mod link;
pub mod picture;
