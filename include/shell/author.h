/*
 * author - who works at the desk: the name that notes and corrections bear
 */
#pragma once

const char *author_name (void); /* the login name; of a sudo the name of who became root */
