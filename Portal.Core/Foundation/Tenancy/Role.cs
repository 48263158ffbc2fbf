namespace Portal.Core.Foundation;

public enum Role
{
    Admin,
    Agent,
    Client,
}

/// <summary>What the agency sells, and what an agent's department is.</summary>
public enum Service
{
    Marketing,
    Website,
    Courses,
}

/// <summary>Viewer, manager and owner are a client's own people, each including the one before; worker is an agent's.</summary>
public enum AccessLevel
{
    Viewer,
    Manager,
    Owner,
    Worker,
}
