"""Forms: what a page asks, in plain words. They read and shape; whether it may be done is for the services to say."""
