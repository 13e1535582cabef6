"""What runs only where Negotiator is deployed: preparing a version, asking how a process is, making .env."""
