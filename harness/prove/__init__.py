"""Does an action leave the same behind, whatever happens on the way?"""
