using System.Net;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;

namespace Portal.Tests.Api;

public sealed class OpenApiTests
{
    [Fact]
    public async Task A_description_that_could_not_be_written_once_is_written_when_it_is_asked_for_again_and_then_kept()
    {
        var writer = new FailsOnce();
        await using var server = new PortalServer();
        await using var changed = server.WithWebHostBuilder(host => host.ConfigureTestServices(services =>
        {
            services.RemoveAllKeyed<IOpenApiDocumentProvider>("v1");
            services.AddKeyedSingleton<IOpenApiDocumentProvider>("v1", writer);
        }));
        using var client = changed.CreateClient();

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await client.GetAsync(new Uri("/openapi.json", UriKind.Relative), Ct);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.InternalServerError, HttpStatusCode.OK, HttpStatusCode.OK], answers);
        Assert.Equal(2, writer.Tries);
    }

    private sealed class FailsOnce : IOpenApiDocumentProvider
    {
        public int Tries { get; private set; }

        public Task<OpenApiDocument> GetOpenApiDocumentAsync(CancellationToken cancellationToken = default) =>
            ++Tries == 1 ? throw new InvalidOperationException("Not now.") : Task.FromResult(new OpenApiDocument { Info = new() { Title = "Portal", Version = "v1" } });
    }
}
