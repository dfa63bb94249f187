using System.Text.Json;
using Infra.Facts;
using Xunit;

namespace Infra.Tests.Facts;

public sealed class OpeningTests
{
    [Theory]
    [InlineData("aws:lb/loadBalancer:LoadBalancer", """{}""", "load balancer that faces the internet")]
    [InlineData("aws:lb/loadBalancer:LoadBalancer", """{"internal":true}""", null)]
    [InlineData("aws:ecs/service:Service", """{"networkConfiguration":{"assignPublicIp":true}}""", "tasks with public addresses")]
    [InlineData(
        "aws:s3/bucketPolicy:BucketPolicy",
        """{"policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\"}]}"}""",
        "bucket that anyone can read")]
    [InlineData("aws:s3/bucketPolicy:BucketPolicy", """{"policy":"{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\"}]}"}""", null)]
    [InlineData(
        "gcp:compute/firewall:Firewall",
        """{"sourceRanges":["0.0.0.0/0"],"allows":[{"protocol":"tcp","ports":["80","443"]}]}""",
        "tcp 80, 443 from 0.0.0.0/0")]
    [InlineData("gcp:compute/firewall:Firewall", """{"direction":"EGRESS","sourceRanges":["0.0.0.0/0"]}""", null)]
    [InlineData("gcp:compute/firewall:Firewall", """{"sourceRanges":["10.0.0.0/8"],"allows":[{"protocol":"tcp"}]}""", null)]
    [InlineData("gcp:compute/forwardingRule:ForwardingRule", """{"loadBalancingScheme":"INTERNAL_MANAGED"}""", null)]
    [InlineData(
        "gcp:compute/globalForwardingRule:GlobalForwardingRule",
        """{"portRange":"443"}""",
        "load balancer that faces the internet on 443")]
    [InlineData("gcp:sql/databaseInstance:DatabaseInstance", """{"settings":{"ipConfiguration":{"ipv4Enabled":false}}}""", null)]
    [InlineData("gcp:sql/databaseInstance:DatabaseInstance", """{"settings":{}}""", "database with a public address")]
    [InlineData("kubernetes:core/v1:Service", """{"spec":{"type":"ClusterIP","ports":[{"port":80}]}}""", null)]
    [InlineData("kubernetes:core/v1:Service", """{"spec":{"type":"NodePort","ports":[{"port":80}]}}""", "NodePort service on 80")]
    [InlineData(
        "kubernetes:core/v1:Service",
        """{"spec":{"type":"LoadBalancer","loadBalancerSourceRanges":["10.0.0.0/8"]}}""",
        "LoadBalancer service on its ports from 10.0.0.0/8")]
    [InlineData(
        "kubernetes:gateway.networking.k8s.io/v1:Gateway",
        """{"spec":{"listeners":[{"protocol":"HTTPS","port":443}]}}""",
        "gateway on HTTPS 443")]
    [InlineData(
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        """{"spec":{"ingress":[{"from":[{"ipBlock":{"cidr":"0.0.0.0/0"}}]}]}}""",
        "pods open to 0.0.0.0/0")]
    public void What_a_resource_opens_is_read_off_its_inputs(string type, string inputs, string? what) =>
        Assert.Equal(what, FactTables.Of(type)!.Opens!(JsonElement.Parse(inputs)));

    [Theory]
    [InlineData("gcp:compute/firewall:Firewall", """{"direction":"INGRESS","sourceRanges":[]}""", "sourceRanges")]
    [InlineData("gcp:compute/firewall:Firewall", """{"direction":"INGRESS"}""", "sourceRanges")]
    [InlineData("gcp:compute/firewall:Firewall", """{"direction":"INGRESS","sourceRanges":["10.0.0.0/8"]}""", null)]
    [InlineData("gcp:compute/firewall:Firewall", """{"direction":"INGRESS","sourceTags":["shop"]}""", null)]
    [InlineData("gcp:compute/firewall:Firewall", """{"direction":"EGRESS"}""", null)]
    [InlineData("kubernetes:core/v1:Service", """{"spec":{"loadBalancerSourceRanges":[]}}""", "spec.loadBalancerSourceRanges")]
    [InlineData("kubernetes:core/v1:Service", """{"spec":{"type":"LoadBalancer"}}""", null)]
    [InlineData(
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        """{"spec":{"ingress":[{"from":[{"podSelector":{}}]},{"from":[]}]}}""",
        "spec.ingress[].from")]
    [InlineData("kubernetes:networking.k8s.io/v1:NetworkPolicy", """{"spec":{"policyTypes":["Ingress"]}}""", null)]
    [InlineData("ovh:CloudProject/kubeIpRestrictions:KubeIpRestrictions", """{"ips":[]}""", "ips")]
    [InlineData("ovh:CloudProject/kubeIpRestrictions:KubeIpRestrictions", """{"ips":["192.0.2.1/32"]}""", null)]
    public void A_list_whose_emptiness_opens_a_resource_to_everyone_is_read_off_its_inputs(string type, string inputs, string? list) =>
        Assert.Equal(list, FactTables.Of(type)!.OpensByOmission!(JsonElement.Parse(inputs)));
}
