"""Breadth without assertion: candidates for lists of codes that no bill rests on."""
