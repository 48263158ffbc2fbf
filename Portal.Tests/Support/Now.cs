namespace Portal.Tests.Support;

public static class Now
{
    /// <summary>Stops what a test waits for when the test is stopped.</summary>
    public static CancellationToken Ct => TestContext.Current.CancellationToken;
}
