using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Support;

/// <summary>No test asks a real provider for anything: what is not on this machine is not there.</summary>
internal sealed class LoopbackOnly : DelegatingHandler
{
    public LoopbackOnly() => InnerHandler = ProviderHttp.Handler();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => request.RequestUri is { IsLoopback: true }
        ? base.SendAsync(request, cancellationToken)
        : throw new HttpRequestException(HttpRequestError.ConnectionError, "Tests stay on this machine.");
}
