using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Portal.Api;

public static class OpenApiSetup
{
    private const string Scheme = "access_token";

    public static void AddPortalOpenApi(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Portal",
                Version = "v1",
                Description =
                    "The portal's REST API: snake_case JSON, bare objects for one thing, `{items, page_size, total, next, previous}` for lists, problem+json with a `code` for refusals. " +
                    "Sign in at `/api/auth/login` and send the access token as `Authorization: Bearer …`. " +
                    "Send an `Idempotency-Key` with whatever changes something: repeating it within 24 hours gives the first answer again, with another body 422 `idempotency_mismatch`. " +
                    "Next and previous are cursors for the `cursor` parameter; pages reach row 10,000, cursors go on for ever.",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribePermission);
    });

    public static void MapPortalOpenApi(this WebApplication app)
    {
        // Kept once it is written: whoever asks for it again and again, and anybody may, costs no more than for a file. A try that failed is not kept.
        byte[]? document = null;
        app.MapGet("/openapi.json", async () => Results.Bytes(document ??= await WriteAsync(app.Services), "application/json;charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.DocumentTitle = "Portal API";
            ui.SwaggerEndpoint("/openapi.json", "Portal");
        });
    }

    private static async Task<byte[]> WriteAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1);
        return json.ToArray();
    }

    private static OpenApiParameter OnceKey() => new()
    {
        Name = "Idempotency-Key",
        In = ParameterLocation.Header,
        Description = "Makes the request happen once: whoever repeats it within 24 hours gets the first answer. With another body: 422 idempotency_mismatch.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
    };

    private static Task DescribePermission(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var needs = context.Description.ActionDescriptor.EndpointMetadata.OfType<Endpoints.Needs>().FirstOrDefault();
        if (needs is null)
            return Task.CompletedTask;
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions["x-permission"] = new JsonNodeExtension(needs.Permission);
        if (needs.Permission == "none")
            return Task.CompletedTask;
        if (context.Description.HttpMethod is "POST" or "PUT" or "PATCH" or "DELETE")
            (operation.Parameters ??= []).Add(OnceKey());
        operation.Description = $"{operation.Description}\n\nPermission: `{needs.Permission}`.".Trim();
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        return Task.CompletedTask;
    }
}
