"""Reading and writing wiredelta's topics without Faust: for the command line, and for whoever builds on it."""
